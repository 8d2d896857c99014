# The page and the description of the API, put inside the program. With SEKISHO_WEB the page is what `npm run build` left
# in web/dist; without it a plain one that says where the API is.
add_executable(pack_pages ${CMAKE_SOURCE_DIR}/tools/pack_pages.cc)
target_link_libraries(pack_pages PRIVATE sekisho_knowledge PkgConfig::ARCHIVE)
if(SEKISHO_WEB)
  set(page_folder ${CMAKE_SOURCE_DIR}/web/dist)
  if(NOT EXISTS ${page_folder}/index.html)
    message(FATAL_ERROR "web/dist/index.html is missing: build the page first (cd web && npm ci && npm run build), or configure with -DSEKISHO_WEB=OFF")
  endif()
else()
  set(page_folder ${CMAKE_SOURCE_DIR}/src/serve/plain)
endif()
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS ${page_folder}/*)
set(pages_bin ${CMAKE_BINARY_DIR}/generated/pages.bin)
set(openapi ${CMAKE_SOURCE_DIR}/src/serve/openapi.json)
add_custom_command(
  OUTPUT ${pages_bin}
  COMMAND pack_pages ${page_folder} ${pages_bin}
  DEPENDS pack_pages ${page_files}
  COMMENT "Packing the page")
file(WRITE ${CMAKE_BINARY_DIR}/generated/embedded_pages.S.in "\
  .section .rodata\n\
  .global sekisho_pages_begin, sekisho_pages_end, sekisho_openapi_begin, sekisho_openapi_end\n\
  .balign 64\n\
sekisho_pages_begin:\n  .incbin \"${pages_bin}\"\nsekisho_pages_end:\n\
sekisho_openapi_begin:\n  .incbin \"${openapi}\"\nsekisho_openapi_end:\n\
  .section .note.GNU-stack,\"\",%progbits\n")
configure_file(${CMAKE_BINARY_DIR}/generated/embedded_pages.S.in ${CMAKE_BINARY_DIR}/generated/embedded_pages.S COPYONLY)
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/embedded_pages.S PROPERTIES OBJECT_DEPENDS "${pages_bin};${openapi}")
target_sources(sekisho_serve PRIVATE ${CMAKE_BINARY_DIR}/generated/embedded_pages.S)
