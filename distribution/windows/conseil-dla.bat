@echo off
rem Conseil DLA : ouvre les ecrans dans ce terminal. Ce qui suit le nom est donne au programme.
rem Non essaye sur Windows. (Sans accents : ce fichier se lit de meme avec toute page de codes.)
setlocal EnableExtensions DisableDelayedExpansion
set "PYTHONHOME="
set "PYTHONPATH="
if not defined CONSEIL_DLA_PROGRAMME set "CONSEIL_DLA_PROGRAMME=%USERPROFILE%\.conseil-dla\programme"
if not exist "%CONSEIL_DLA_PROGRAMME%\installe.txt" goto absent
"%CONSEIL_DLA_PROGRAMME%\Scripts\python.exe" -I -m conseil_dla %*
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" pause
exit /b %CODE%

:absent
echo Conseil DLA n'est pas encore ici : lancez d'abord installer.bat.
pause
exit /b 2
