"""Tests of the devices at the desk."""
