"""Files with hash and source."""
