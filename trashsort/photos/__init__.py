"Look at photos: open them, compare them, split them."
