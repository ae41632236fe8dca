"""The house rules as code: each rule looks at the project's files and reports what breaks it."""
