"""What people do about the mobilisation of a firm: move it on, write down what it says."""
