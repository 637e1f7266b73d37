"""What services are made of: phases, who does them, and the rooms, chairs and devices they need."""
