"""The ground floor: settings, actions, policies, clock, audit log, text, limits, elements."""
