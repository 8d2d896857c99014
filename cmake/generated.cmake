# Files made by the build: the knowledge snapshot inside the binary.
