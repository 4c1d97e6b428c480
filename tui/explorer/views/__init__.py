"""The screens that open over the panes: charts and help."""
