"Judge predictions and photos: figures, plots, reports."
