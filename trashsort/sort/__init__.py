"""What sorts a photo: numpy, Pillow and onnxruntime are all it needs."""
