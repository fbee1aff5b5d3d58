"""明堂 Mingtang: the platform with which a district government opens its meetings to the people."""
