# knowledge/care, compiled by our own tool and put inside the engine beside knowledge.bin, as a file of its own.
add_executable(compile_care ${CMAKE_SOURCE_DIR}/tools/compile_care.cc)
target_link_libraries(compile_care PRIVATE sekisho_care)
file(GLOB_RECURSE care_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/care/*.yaml)
set(care_bin ${CMAKE_BINARY_DIR}/generated/care.bin)
add_custom_command(
  OUTPUT ${care_bin}
  COMMAND compile_care ${CMAKE_SOURCE_DIR}/knowledge/care ${CMAKE_SOURCE_DIR}/knowledge/kinds.yaml ${care_bin}
  DEPENDS compile_care ${care_files} ${CMAKE_SOURCE_DIR}/knowledge/kinds.yaml
  COMMENT "Compiling knowledge/care/")
file(WRITE ${CMAKE_BINARY_DIR}/generated/embedded_care.S.in "\
  .section .rodata\n\
  .global sekisho_care_begin, sekisho_care_end\n\
  .balign 64\n\
sekisho_care_begin:\n  .incbin \"${care_bin}\"\nsekisho_care_end:\n\
  .section .note.GNU-stack,\"\",%progbits\n")
configure_file(${CMAKE_BINARY_DIR}/generated/embedded_care.S.in ${CMAKE_BINARY_DIR}/generated/embedded_care.S COPYONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded_care.S PROPERTIES OBJECT_DEPENDS "${care_bin}")
target_sources(sekisho_engine PRIVATE ${CMAKE_BINARY_DIR}/generated/embedded_care.S)
