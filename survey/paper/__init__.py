"""What is printed: posters and cards, drawn as PDF or SVG from plain values."""
