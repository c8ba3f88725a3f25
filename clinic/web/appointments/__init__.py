"""Appointments and who was there."""
