"""Pages to PDF, printed in small programs beside the web process."""
