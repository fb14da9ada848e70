"""Who answers alone, their agreement, and their views crossed."""
