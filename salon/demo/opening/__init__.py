"""What the demo's salon is: its people, its price list and its club."""
