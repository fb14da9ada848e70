@echo off
rem Conseil DLA : installe le programme, sans reseau, sans compilateur, sans droit d'administrateur.
rem Non essaye sur Windows. (Sans accents : ce fichier se lit de meme avec toute page de codes.)
setlocal EnableExtensions DisableDelayedExpansion
set "ICI=%~dp0"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYLAUNCHER_ALLOW_INSTALL="
set "TROUVE="
set "AUTRE="
if not exist "%ICI%paquets\installation.py" goto incomplet

for %%v in (3.13 3.12 3.11) do if not defined TROUVE call :essayer_py %%v
if not defined TROUVE call :essayer_python
if defined TROUVE goto installer
if defined AUTRE goto autre
goto absent

:installer
%TROUVE% -I "%ICI%paquets\installation.py"
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%

:incomplet
echo Le dossier "paquets" n'est pas ici.
echo Ouvrez le fichier .zip, choisissez "Extraire tout", puis relancez installer.bat depuis le dossier extrait.
pause
exit /b 2

:absent
call :dire python-absent
pause
exit /b 2

:autre
call :dire python-autre
pause
exit /b 2

rem Un Python du lanceur "py", s'il y en a un de cette version et si les paquets sont la pour lui.
rem (Nomme avec .exe : un relais en .bat prendrait la main et ne la rendrait pas.)
:essayer_py
if not exist "%ICI%paquets\liste-%1.txt" exit /b 0
py.exe -%1 -c "import sys, venv" >nul 2>nul
if errorlevel 1 exit /b 0
set "TROUVE=py.exe -%1"
exit /b 0

rem Le Python du chemin. Sans Python, Windows en montre parfois un qui n'ouvre que son magasin :
rem il rend alors un code d'erreur, et ne compte pas.
:essayer_python
python.exe -c "import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else 3)" >nul 2>nul
set "CODE=%ERRORLEVEL%"
if "%CODE%"=="0" set "TROUVE=python.exe"
if "%CODE%"=="3" set "AUTRE=oui"
exit /b 0

rem Un texte en UTF-8, puis la page de codes d'avant.
:dire
set "PAGE="
for /f "tokens=2 delims=:." %%p in ('chcp') do set "PAGE=%%p"
chcp 65001 >nul
type "%ICI%paquets\%1.txt"
if defined PAGE chcp %PAGE% >nul
exit /b 0
