# Tests that run the built program or a script; one add_test each.
