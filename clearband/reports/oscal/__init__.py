"""OSCAL, the Open Security Controls Assessment Language of NIST: catalogue, profile, results."""
