"""The desk's reports: papers made of the studies in force."""
