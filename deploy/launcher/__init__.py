"""The launcher behind ./paidan: sets up, builds, runs and stops a deployment on one machine."""
