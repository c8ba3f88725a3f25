"""The demo practice: invented cases, brought in through the same services as real ones."""
