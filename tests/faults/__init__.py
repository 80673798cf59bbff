"""What bad days look like, on purpose: nothing that was answered is ever lost."""
