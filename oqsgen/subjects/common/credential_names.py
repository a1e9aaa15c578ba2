"""The names of the credentials that the linkage application reads (setup P.47)."""

LOGIN_KEY = "OQS_LOGIN_KEY"
CODE = "OQS_MEDICAL_INSTITUTION_CODE"
CRYPT_PASS = "OQS_CRYPT_PASS"
NAS_LOGIN_KEY = "OQS_NAS_LOGIN_KEY"
