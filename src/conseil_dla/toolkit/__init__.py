"""What screens are made of, whatever they show: keys, themes, pages, lists; each widget paints its own lines."""
