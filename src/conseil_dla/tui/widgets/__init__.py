"""What screens are made of; each widget paints its own lines."""
