# What `cmake --install` puts in place: the library, its headers, the program,
# find_package(sanad) with sanad::sanad, and sanad.pc.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sanad)
install(TARGETS sanad EXPORT sanad_targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/sanad DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(SANAD_SHELL)
  # The program finds the library beside it, wherever the tree is put.
  file(RELATIVE_PATH library_folder "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties(sanad_program PROPERTIES INSTALL_RPATH "$ORIGIN/${library_folder}")
  install(TARGETS sanad_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(EXPORT sanad_targets NAMESPACE sanad:: DESTINATION ${package_folder})
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/sanad-config.cmake.in ${PROJECT_BINARY_DIR}/sanad-config.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/sanad-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sanad-config.cmake
  ${PROJECT_BINARY_DIR}/sanad-config-version.cmake DESTINATION ${package_folder})

# From the folder of sanad.pc up to the prefix, so that the tree can be moved.
file(RELATIVE_PATH SANAD_PC_TO_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file(${CMAKE_CURRENT_LIST_DIR}/sanad.pc.in ${PROJECT_BINARY_DIR}/sanad.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sanad.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
