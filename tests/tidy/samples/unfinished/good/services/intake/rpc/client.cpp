auto stub = Service::NewStub(channel);
// Stubborn retries.
