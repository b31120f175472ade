"""Labels, icons, chips, plates and layouts."""
