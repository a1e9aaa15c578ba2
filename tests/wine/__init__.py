"""The native layer and the runtime against the Windows API, as Wine has it: what holds there is in ``reach.yaml``."""
