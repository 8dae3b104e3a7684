; The installer for one person, without rights of an administrator.
; makensis -DVERSION=… -DTREE=folder -DKILOBYTES=… -DOUT=setup.exe [-DTARGET=amd64-unicode] installer.nsi

; The program is one of 64 bits; not every NSIS has an installer of as many.
!ifdef TARGET
  Target ${TARGET}
!endif
Unicode true
SetCompressor /SOLID lzma
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define NAME "揭榜通"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\jiebang"
!define TYPE "jiebang.draft"

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\jiebang"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 ProductName "${NAME}"
VIAddVersionKey /LANG=2052 FileDescription "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 LegalCopyright "MIT"

!define MUI_ICON "../icons/jiebang.ico"
!define MUI_UNICON "../icons/jiebang.ico"
!define MUI_WELCOMEPAGE_TITLE "安装${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "离线准备大企业“发榜”中小企业“揭榜”申报材料。$\r$\n$\r$\n只装给当前用户，不需要管理员权限。程序不联网。$\r$\n$\r$\n已有的草稿原样保留。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\jiebang.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_TEXT "在桌面上放一个快捷方式"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION shortcut
!insertmacro MUI_PAGE_WELCOME
!define MUI_DIRECTORYPAGE_TEXT_TOP "请选一个空文件夹，或以前装过${NAME}的文件夹。里面有别的文件的文件夹不能选。"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将删除程序。草稿、企业资料和导出的文件都保留，草稿在 $APPDATA\jiebang\data。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

; Where other things lie, this is not to be mixed with them.
Function .onVerifyInstDir
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\jiebang.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

; A program that runs cannot be replaced; what was typed there is not lost by asking.
!macro wait_until_closed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\jiebang.exe"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\jiebang.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行。请先关掉它的窗口，再点“重试”。" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Quit
  ${Loop}
!macroend

Function shortcut
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\jiebang.exe"
FunctionEnd

Section
  !insertmacro wait_until_closed
  SetOutPath "$INSTDIR"
  File /r "${TREE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\jiebang.exe"

  ; Whose the file type was before is given back when this goes.
  ReadRegStr $0 HKCU "Software\Classes\.jiebang" ""
  ${If} $0 != ""
  ${AndIf} $0 != "${TYPE}"
    WriteRegStr HKCU "Software\Classes\.jiebang" "${TYPE}.before" "$0"
  ${EndIf}
  WriteRegStr HKCU "Software\Classes\.jiebang" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.jiebang" "Content Type" "application/vnd.jiebang.draft+json"
  WriteRegStr HKCU "Software\Classes\.jiebang\OpenWithProgids" "${TYPE}" ""
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "揭榜通草稿"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\jiebang.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\jiebang.exe" "%1"'
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\jiebang.exe" "" "$INSTDIR\jiebang.exe"

  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "jiebang"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\jiebang.exe,0"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section Uninstall
  !insertmacro wait_until_closed
  ; Each by its name: whatever else lies in the folder is the person's own.
  Delete "$INSTDIR\jiebang.exe"
  Delete "$INSTDIR\jiebang.com"
  Delete "$INSTDIR\使用说明.txt"
  Delete "$INSTDIR\许可\LICENSE.txt"
  Delete "$INSTDIR\许可\OFL-LXGWWenKai.txt"
  Delete "$INSTDIR\许可\OFL-NotoSansSC.txt"
  Delete "$INSTDIR\许可\OFL-NotoSerifSC.txt"
  Delete "$INSTDIR\许可\第三方许可.txt"
  RMDir "$INSTDIR\许可"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.jiebang" ""
  ${If} $0 == "${TYPE}"
    ReadRegStr $1 HKCU "Software\Classes\.jiebang" "${TYPE}.before"
    ${If} $1 == ""
      DeleteRegValue HKCU "Software\Classes\.jiebang" ""
      DeleteRegValue HKCU "Software\Classes\.jiebang" "Content Type"
    ${Else}
      WriteRegStr HKCU "Software\Classes\.jiebang" "" "$1"
    ${EndIf}
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.jiebang" "${TYPE}.before"
  DeleteRegValue HKCU "Software\Classes\.jiebang\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.jiebang\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.jiebang"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\jiebang.exe"
  DeleteRegKey HKCU "${KEY}"
  ${RefreshShellIcons}
SectionEnd
