"""Results that came back from clinics: read, kept in a ledger, and shown as tables and a page."""
