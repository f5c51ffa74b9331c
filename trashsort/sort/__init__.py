"Sort photos with a bundle: nothing here imports torch, pandas or matplotlib."
