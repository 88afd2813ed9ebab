"""How associations and people come in: a new association whole, and accounts by invitation."""
