# Tests that run the built program or a script; one add_test each.
sekisho_tests(app)
add_test(NAME app_program COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/app/program_test.py $<TARGET_FILE:sekisho> ${CMAKE_SOURCE_DIR})
set_tests_properties(app_program PROPERTIES TIMEOUT 300)
