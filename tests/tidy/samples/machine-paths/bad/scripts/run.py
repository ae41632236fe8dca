FOLDER = "/home/someone/paidan"
