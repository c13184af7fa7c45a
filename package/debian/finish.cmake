# Run by CPack when it has made the packages. CPack 3.25 gives a package with a shared library
# scripts that call ldconfig, and cannot be told that the package has a trigger instead. dpkg-deb
# also sorts the files and sets times later than SOURCE_DATE_EPOCH to that.
foreach(package ${CPACK_PACKAGE_FILES})
  set(folder "${package}.d")
  execute_process(COMMAND dpkg-deb --raw-extract "${package}" "${folder}"
                  COMMAND_ERROR_IS_FATAL ANY)
  if(EXISTS "${folder}/DEBIAN/triggers")
    foreach(script postinst postrm)
      file(REMOVE "${folder}/DEBIAN/${script}")
    endforeach()
  endif()
  execute_process(COMMAND dpkg-deb --root-owner-group --build -Zxz "${folder}" "${package}"
                  COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
  file(REMOVE_RECURSE "${folder}")
endforeach()
