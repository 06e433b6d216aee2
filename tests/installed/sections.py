"""The sections of the page that says how to install `dlqa`: whose commands a test follows, and whose not."""

PAGE = "install.md"
FOLLOWED = {"pip", "torch", "uv", "extras", "then", "file"}  # `test_installed`, word by word
# They would need a network: the programs that they may name.
OUT_OF_REACH = {"conda": {"conda", "pip"}, "notebooks": {"pip", "jupyter"}}
