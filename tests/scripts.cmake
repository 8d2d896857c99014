# Tests that run the built program or a script; one add_test each.
sekisho_tests(app)
add_test(NAME app_program COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/app/program_test.py $<TARGET_FILE:sekisho> ${CMAKE_SOURCE_DIR})
set_tests_properties(app_program PROPERTIES TIMEOUT 900)
add_test(NAME includes COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/check_includes.py ${CMAKE_SOURCE_DIR})
add_test(NAME errors COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/scripts/test_errors.py ${CMAKE_SOURCE_DIR})
add_test(NAME walkthrough COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/scripts/test_walkthrough.py $<TARGET_FILE:sekisho> ${CMAKE_SOURCE_DIR} ${CMAKE_CXX_COMPILER})
set_tests_properties(walkthrough PROPERTIES TIMEOUT 600)
