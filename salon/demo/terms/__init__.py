"""What the demo's salon tells apart: groups, levels, lines, price lists, kinds of sale, boxes."""
