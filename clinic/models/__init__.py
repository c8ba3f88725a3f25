"""What is stored: tables, the practice's boundary around them, and sealed text."""
