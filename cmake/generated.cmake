# Files made by the build.

# The registry of facts and observers, from the first comment of each observer.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
file(GLOB observers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/facts/observers/*.cc)
set(registry ${CMAKE_BINARY_DIR}/generated/facts/ids.h ${CMAKE_BINARY_DIR}/generated/facts/registry.inc
             ${CMAKE_BINARY_DIR}/generated/facts/observers.inc)
# Made once at configure time too, so that the first build has no ordering to get wrong.
execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/generate_facts.py ${CMAKE_BINARY_DIR}/generated ${observers}
                COMMAND_ERROR_IS_FATAL ANY)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/generated/facts/registry.stamp
  BYPRODUCTS ${registry}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/generate_facts.py ${CMAKE_BINARY_DIR}/generated ${observers}
  COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/generated/facts/registry.stamp
  DEPENDS ${observers} ${CMAKE_SOURCE_DIR}/tools/generate_facts.py)
add_custom_target(fact_registry DEPENDS ${CMAKE_BINARY_DIR}/generated/facts/registry.stamp)
foreach(layer facts signs verdict mailbox engine)
  get_target_property(kind sekisho_${layer} TYPE)
  if(NOT kind STREQUAL "INTERFACE_LIBRARY")
    add_dependencies(sekisho_${layer} fact_registry)
  endif()
endforeach()
