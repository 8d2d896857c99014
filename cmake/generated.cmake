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
foreach(layer facts signs verdict gallery mailbox campaign engine train)
  get_target_property(kind sekisho_${layer} TYPE)
  if(NOT kind STREQUAL "INTERFACE_LIBRARY")
    add_dependencies(sekisho_${layer} fact_registry)
  endif()
endforeach()

# The knowledge snapshot and the deck of cards, compiled by our own tool and put inside the engine by the assembler.
enable_language(ASM)
add_executable(compile_knowledge ${CMAKE_SOURCE_DIR}/tools/compile_knowledge.cc)
target_link_libraries(compile_knowledge PRIVATE sekisho_verdict)
file(GLOB_RECURSE knowledge_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.yaml ${CMAKE_SOURCE_DIR}/knowledge/*.txt
     ${CMAKE_SOURCE_DIR}/signs/*.yaml)
list(FILTER knowledge_files EXCLUDE REGEX "/knowledge/care/")  # cmake/care.cmake
set(knowledge_bin ${CMAKE_BINARY_DIR}/generated/knowledge.bin)
set(deck_bin ${CMAKE_BINARY_DIR}/generated/deck.bin)
add_custom_command(
  OUTPUT ${knowledge_bin} ${deck_bin}
  COMMAND compile_knowledge ${CMAKE_SOURCE_DIR}/knowledge ${CMAKE_SOURCE_DIR}/signs ${knowledge_bin} ${deck_bin}
  DEPENDS compile_knowledge ${knowledge_files}
  COMMENT "Compiling knowledge/ and signs/")
# The gallery of examples, examined with them.
add_executable(compile_gallery ${CMAKE_SOURCE_DIR}/tools/compile_gallery.cc)
target_link_libraries(compile_gallery PRIVATE sekisho_gallery)
file(GLOB gallery_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/gallery/*.yaml)
set(gallery_bin ${CMAKE_BINARY_DIR}/generated/gallery.bin)
add_custom_command(
  OUTPUT ${gallery_bin}
  COMMAND compile_gallery ${knowledge_bin} ${deck_bin} ${CMAKE_SOURCE_DIR}/knowledge/gallery ${gallery_bin}
  DEPENDS compile_gallery ${knowledge_bin} ${deck_bin} ${gallery_files}
  COMMENT "Examining knowledge/gallery/")
# What was learned from mail (docs/model_card.md): made by `sekisho train`, kept as it is.
set(model_file ${CMAKE_SOURCE_DIR}/model/sekisho.model)
file(WRITE ${CMAKE_BINARY_DIR}/generated/embedded.S.in "\
  .section .rodata\n\
  .global sekisho_knowledge_begin, sekisho_knowledge_end, sekisho_deck_begin, sekisho_deck_end, sekisho_gallery_begin, sekisho_gallery_end, sekisho_model_begin, sekisho_model_end\n\
  .balign 64\n\
sekisho_knowledge_begin:\n  .incbin \"${knowledge_bin}\"\nsekisho_knowledge_end:\n\
  .balign 64\n\
sekisho_deck_begin:\n  .incbin \"${deck_bin}\"\nsekisho_deck_end:\n\
  .balign 64\n\
sekisho_gallery_begin:\n  .incbin \"${gallery_bin}\"\nsekisho_gallery_end:\n\
  .balign 64\n\
sekisho_model_begin:\n  .incbin \"${model_file}\"\nsekisho_model_end:\n\
  .section .note.GNU-stack,\"\",%progbits\n")
configure_file(${CMAKE_BINARY_DIR}/generated/embedded.S.in ${CMAKE_BINARY_DIR}/generated/embedded.S COPYONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded.S PROPERTIES OBJECT_DEPENDS "${knowledge_bin};${deck_bin};${gallery_bin};${model_file}")
target_sources(sekisho_engine PRIVATE ${CMAKE_BINARY_DIR}/generated/embedded.S)
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/engine/engine.cc PROPERTIES COMPILE_DEFINITIONS "SEKISHO_VERSION=\"${PROJECT_VERSION}\"")

# The places where rules are typed, the same way; a library of its own, so that the tool that makes it can use the layer.
add_executable(compile_dialects ${CMAKE_SOURCE_DIR}/tools/compile_dialects.cc)
target_link_libraries(compile_dialects PRIVATE sekisho_rules)
set(dialects_bin ${CMAKE_BINARY_DIR}/generated/dialects.bin)
add_custom_command(
  OUTPUT ${dialects_bin}
  COMMAND compile_dialects ${CMAKE_SOURCE_DIR}/knowledge/rules/dialects.yaml ${CMAKE_SOURCE_DIR}/knowledge/care/carriers.yaml ${dialects_bin}
  DEPENDS compile_dialects ${CMAKE_SOURCE_DIR}/knowledge/rules/dialects.yaml ${CMAKE_SOURCE_DIR}/knowledge/care/carriers.yaml
  COMMENT "Compiling knowledge/rules/")
file(WRITE ${CMAKE_BINARY_DIR}/generated/dialects.S "\
  .section .rodata\n\
  .global sekisho_dialects_begin, sekisho_dialects_end\n\
sekisho_dialects_begin:\n  .incbin \"${dialects_bin}\"\nsekisho_dialects_end:\n\
  .section .note.GNU-stack,\"\",%progbits\n")
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/dialects.S PROPERTIES OBJECT_DEPENDS "${dialects_bin}")
add_library(sekisho_dialects STATIC ${CMAKE_BINARY_DIR}/generated/dialects.S)
