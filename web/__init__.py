"""The screens: what a citizen's phone, an officer's browser and another system see."""
