foreach(test tst_pictureloader tst_wallstills tst_wallview tst_wall)
    anchorwatch_add_test(${test} anchorwatch_ui)
endforeach()
anchorwatch_add_test(tst_wallofsessions anchorwatch_windowdriver)
