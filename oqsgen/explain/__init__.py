"""What stands behind each id that oqsgen prints, from the data that decides it."""
