"""Two plans beside each other, wherever they come from: a clinic's file or a bundle, of this version or another one."""
