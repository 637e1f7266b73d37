"""What slips say."""
